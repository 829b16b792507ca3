<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="categorizedSymbol" attr="size_class_4" symbollevels="0" enableorderby="0" forceraster="0">
    <categories>
      <category symbol="0" value="xlarge" label="ใหญ่พิเศษ 1,501 ขึ้นไป" render="true"/>
      <category symbol="1" value="large" label="ใหญ่ 601–1,500" render="true"/>
      <category symbol="2" value="medium" label="กลาง 121–600" render="true"/>
      <category symbol="3" value="small" label="เล็ก 1–120" render="true"/>
      <category symbol="4" value="no_students" label="ไม่มีนักเรียน" render="true"/>
      <category symbol="5" value="" label="ไม่มีข้อมูล" render="true"/>
    </categories>
    <symbols>
      <symbol name="0" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="circle"/>
            <Option name="color" type="QString" value="43,30,91,255"/>
            <Option name="outline_color" type="QString" value="34,48,60,255"/>
            <Option name="outline_width" type="QString" value="0.2"/>
            <Option name="size" type="QString" value="5"/>
            <Option name="size_unit" type="QString" value="MM"/>
          </Option>
          <prop k="name" v="circle"/>
          <prop k="color" v="43,30,91,255"/>
          <prop k="outline_color" v="34,48,60,255"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="size" v="5"/>
          <prop k="size_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol name="1" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="circle"/>
            <Option name="color" type="QString" value="25,95,145,255"/>
            <Option name="outline_color" type="QString" value="34,48,60,255"/>
            <Option name="outline_width" type="QString" value="0.2"/>
            <Option name="size" type="QString" value="4.1"/>
            <Option name="size_unit" type="QString" value="MM"/>
          </Option>
          <prop k="name" v="circle"/>
          <prop k="color" v="25,95,145,255"/>
          <prop k="outline_color" v="34,48,60,255"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="size" v="4.1"/>
          <prop k="size_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol name="2" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="circle"/>
            <Option name="color" type="QString" value="78,165,137,255"/>
            <Option name="outline_color" type="QString" value="34,48,60,255"/>
            <Option name="outline_width" type="QString" value="0.2"/>
            <Option name="size" type="QString" value="3.2"/>
            <Option name="size_unit" type="QString" value="MM"/>
          </Option>
          <prop k="name" v="circle"/>
          <prop k="color" v="78,165,137,255"/>
          <prop k="outline_color" v="34,48,60,255"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="size" v="3.2"/>
          <prop k="size_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol name="3" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="circle"/>
            <Option name="color" type="QString" value="238,183,64,255"/>
            <Option name="outline_color" type="QString" value="34,48,60,255"/>
            <Option name="outline_width" type="QString" value="0.2"/>
            <Option name="size" type="QString" value="2.4"/>
            <Option name="size_unit" type="QString" value="MM"/>
          </Option>
          <prop k="name" v="circle"/>
          <prop k="color" v="238,183,64,255"/>
          <prop k="outline_color" v="34,48,60,255"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="size" v="2.4"/>
          <prop k="size_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol name="4" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="circle"/>
            <Option name="color" type="QString" value="109,120,130,255"/>
            <Option name="outline_color" type="QString" value="34,48,60,255"/>
            <Option name="outline_width" type="QString" value="0.2"/>
            <Option name="size" type="QString" value="2.6"/>
            <Option name="size_unit" type="QString" value="MM"/>
          </Option>
          <prop k="name" v="circle"/>
          <prop k="color" v="109,120,130,255"/>
          <prop k="outline_color" v="34,48,60,255"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="size" v="2.6"/>
          <prop k="size_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol name="5" type="marker" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleMarker" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="name" type="QString" value="square"/>
            <Option name="color" type="QString" value="255,255,255,255"/>
            <Option name="outline_color" type="QString" value="34,48,60,255"/>
            <Option name="outline_width" type="QString" value="0.2"/>
            <Option name="size" type="QString" value="2.6"/>
            <Option name="size_unit" type="QString" value="MM"/>
          </Option>
          <prop k="name" v="square"/>
          <prop k="color" v="255,255,255,255"/>
          <prop k="outline_color" v="34,48,60,255"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="size" v="2.6"/>
          <prop k="size_unit" v="MM"/>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings calloutType="simple">
      <text-style fieldName="school_name_th" isExpression="0" fontFamily="Sarabun" fontSize="8" fontSizeUnit="Point" fontWeight="50" textColor="24,35,47,255">
        <text-buffer bufferDraw="1" bufferSize="1" bufferSizeUnits="MM" bufferColor="255,255,255,220"/>
      </text-style>
      <rendering scaleVisibility="1" scaleMin="150000" scaleMax="1" obstacle="1"/>
    </settings>
  </labeling>
  <blending>0</blending>
  <layerGeometryType>0</layerGeometryType>
</qgis>
