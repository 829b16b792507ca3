<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis version="3.22.0" styleCategories="Symbology|Labeling" labelsEnabled="1">
  <renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">
    <rules key="{00000000-0000-4000-8000-000000000000}">
      <rule key="{00000001-0000-4000-8000-000000000000}" filter="&quot;education_level&quot; = 'primary' AND &quot;affiliations&quot; = 'all' AND &quot;reach_value&quot; = coalesce(maximum(&quot;reach_value&quot;, filter:=&quot;reach_value&quot; &lt;= 3), minimum(&quot;reach_value&quot;))" label="ประถม · ในระยะ 3 กม. (%) · ทุกสังกัด">
        <rule key="{00000002-0000-4000-8000-000000000000}" filter="&quot;coverage_rate&quot; &gt;= 0.95" symbol="0" label="95 ขึ้นไป"/>
        <rule key="{00000003-0000-4000-8000-000000000000}" filter="&quot;coverage_rate&quot; &gt;= 0.85 AND &quot;coverage_rate&quot; &lt; 0.95" symbol="1" label="85 – น้อยกว่า 95"/>
        <rule key="{00000004-0000-4000-8000-000000000000}" filter="&quot;coverage_rate&quot; &gt;= 0.7 AND &quot;coverage_rate&quot; &lt; 0.85" symbol="2" label="70 – น้อยกว่า 85"/>
        <rule key="{00000005-0000-4000-8000-000000000000}" filter="&quot;coverage_rate&quot; &gt;= 0.5 AND &quot;coverage_rate&quot; &lt; 0.7" symbol="3" label="50 – น้อยกว่า 70"/>
        <rule key="{00000006-0000-4000-8000-000000000000}" filter="&quot;coverage_rate&quot; &lt; 0.5" symbol="4" label="น้อยกว่า 50"/>
        <rule key="{00000007-0000-4000-8000-000000000000}" filter="&quot;coverage_rate&quot; IS NULL" symbol="5" label="ไม่ทราบ"/>
      </rule>
    </rules>
    <symbols>
      <symbol name="0" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="250,241,215,199"/>
            <Option name="style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="255,255,255,255"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_width" type="QString" value="0.2"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
          <prop k="color" v="250,241,215,199"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="255,255,255,255"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol name="1" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="245,209,136,199"/>
            <Option name="style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="255,255,255,255"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_width" type="QString" value="0.2"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
          <prop k="color" v="245,209,136,199"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="255,255,255,255"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol name="2" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="228,159,71,199"/>
            <Option name="style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="255,255,255,255"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_width" type="QString" value="0.2"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
          <prop k="color" v="228,159,71,199"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="255,255,255,255"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol name="3" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="182,99,40,199"/>
            <Option name="style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="255,255,255,255"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_width" type="QString" value="0.2"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
          <prop k="color" v="182,99,40,199"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="255,255,255,255"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol name="4" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="104,45,20,199"/>
            <Option name="style" type="QString" value="solid"/>
            <Option name="outline_color" type="QString" value="255,255,255,255"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_width" type="QString" value="0.2"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
          <prop k="color" v="104,45,20,199"/>
          <prop k="style" v="solid"/>
          <prop k="outline_color" v="255,255,255,255"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
      <symbol name="5" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">
        <layer class="SimpleFill" enabled="1" locked="0" pass="0">
          <Option type="Map">
            <Option name="color" type="QString" value="141,153,163,255"/>
            <Option name="style" type="QString" value="b_diagonal"/>
            <Option name="outline_color" type="QString" value="255,255,255,255"/>
            <Option name="outline_style" type="QString" value="solid"/>
            <Option name="outline_width" type="QString" value="0.2"/>
            <Option name="outline_width_unit" type="QString" value="MM"/>
          </Option>
          <prop k="color" v="141,153,163,255"/>
          <prop k="style" v="b_diagonal"/>
          <prop k="outline_color" v="255,255,255,255"/>
          <prop k="outline_style" v="solid"/>
          <prop k="outline_width" v="0.2"/>
          <prop k="outline_width_unit" v="MM"/>
        </layer>
      </symbol>
    </symbols>
  </renderer-v2>
  <labeling type="simple">
    <settings calloutType="simple">
      <text-style fieldName="district_th" isExpression="0" fontFamily="Sarabun" fontSize="11" fontSizeUnit="Point" fontWeight="50" textColor="42,54,66,255">
        <text-buffer bufferDraw="1" bufferSize="1" bufferSizeUnits="MM" bufferColor="255,255,255,220"/>
      </text-style>
      <rendering scaleVisibility="1" scaleMin="2000000" scaleMax="1" obstacle="1"/>
    </settings>
  </labeling>
  <blending>0</blending>
  <layerGeometryType>2</layerGeometryType>
</qgis>
